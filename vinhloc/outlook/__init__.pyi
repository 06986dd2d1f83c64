from .attention import urgent_targets as urgent_targets
from .open_sdg import open_sdg_progress as open_sdg_progress
from .projection import add_pace as add_pace
from .projection import add_projection as add_projection
from .projection import add_schedule as add_schedule
from .split import split_gap as split_gap
from .split import split_rate as split_rate
from .split import split_sum as split_sum
