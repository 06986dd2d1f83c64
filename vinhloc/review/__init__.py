"""The yearly review: notebooks run with parameters, pages, manifest, publishing."""
