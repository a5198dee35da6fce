"""The only room of the package that imports Streamlit: the frame around the pages, and drawing."""
