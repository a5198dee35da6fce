"""The pages that ours are measured against, inside the same frame: middleware, style sheet and settings are ours."""

from pathlib import Path

import streamlit as st

from finsam_dash.ui.middleware import MIDDLEWARE, ROUTES
from finsam_dash.ui.warming import warm_up

app = st.App(Path(__file__).with_name("bench_page.py"), middleware=MIDDLEWARE, routes=ROUTES, lifespan=warm_up)
