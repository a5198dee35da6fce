"""Start the server: `streamlit run app.py` serves this ASGI object."""

import streamlit as st

from finsam_dash.ui.messages import report_script_error
from finsam_dash.ui.middleware import MIDDLEWARE, ROUTER, ROUTES
from finsam_dash.ui.warming import warm_up

app = st.App(ROUTER, middleware=MIDDLEWARE, routes=ROUTES, lifespan=warm_up, on_script_error=report_script_error)
