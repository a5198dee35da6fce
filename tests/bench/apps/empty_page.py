"""An empty page: a select, a title and a line, in Streamlit as it comes, without our frame."""

import streamlit as st

chosen = st.selectbox("Val", ["ett", "två", "tre"])
st.title(f"Tom sida {chosen}", anchor=False)
st.html(f"<p>Valt: {chosen}</p>")
