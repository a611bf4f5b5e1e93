try:
    import numpy
except ImportError as error:
    print("no numpy:", error)
import requests
