"""The script that the app runs for each visitor: the frame around every page, and which page it is."""

import streamlit as st

from ringfence.screens import places
from ringfence.screens.components.frame import frame
from ringfence.screens.components.links import follow_links

st.set_page_config(page_title="Ringfence", page_icon=places.ICON, layout="wide", initial_sidebar_state=248)
page = st.navigation(places.menu(), position="sidebar", expanded=True)
if frame():
    page.run()
follow_links()
