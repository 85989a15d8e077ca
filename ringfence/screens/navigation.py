"""The script that the app runs for each visitor: the frame around every page, and which page it is."""

import streamlit as st

from ringfence.screens import places
from ringfence.screens.components.frame import frame
from ringfence.screens.components.links import follow_links

menu = places.menu()
page = st.navigation(menu, position="hidden")
st.set_page_config(page_title=f"{page.title} · Ringfence", page_icon=places.ICON, layout="wide", initial_sidebar_state=places.MENU_PIXELS)
if frame(menu, page):
    page.run()
follow_links()
