from .cells import full_address as full_address
from .files import Cell as Cell
from .files import OfficeFile as OfficeFile
from .files import Sheet as Sheet
from .files import read_office_file as read_office_file
from .reasons import Unreadable as Unreadable
