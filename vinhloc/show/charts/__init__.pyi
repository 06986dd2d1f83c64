from .balance import draw_balance as draw_balance
from .chart import STATUS_LOOK as STATUS_LOOK
from .chart import Chart as Chart
from .events import draw_events as draw_events
from .grid import draw_multiples as draw_multiples
from .grid import draw_year_grid as draw_year_grid
from .series import draw_path as draw_path
from .series import draw_steps as draw_steps
