from .members import programmes_in as programmes_in
from .outcome import FAILED as FAILED
from .outcome import UNCHANGED as UNCHANGED
from .reviews import requests_of as requests_of
from .reviews import review_all as review_all
from .roll_up import publish_roll_up as publish_roll_up
