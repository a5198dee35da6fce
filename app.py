"""Start the server: `streamlit run app.py` serves this ASGI object."""

import streamlit as st

from finsam_dash.ui.messages import report_script_error
from finsam_dash.ui.middleware import MIDDLEWARE, ROUTER, ROUTES

app = st.App(ROUTER, middleware=MIDDLEWARE, routes=ROUTES, on_script_error=report_script_error)
