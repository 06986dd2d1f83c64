# What Windows users type is what runs here: python run.py review
PYTHON ?= python3

.PHONY: help review test test-all lab lint lock soak

help:
	@$(PYTHON) run.py --help

review test test-all lab lint lock soak:
	$(PYTHON) run.py $@ $(ARGS)
