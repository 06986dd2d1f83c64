from .official import official_facts as official_facts
from .pdf import write_pdf as write_pdf
from .report import build_report as build_report
from .word import write_word as write_word
from .workbook import write_workbook as write_workbook
