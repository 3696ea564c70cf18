"""The chat: `streamlit run app.py`. Page set-up and navigation, nothing else."""

import streamlit as st

from assistant import wording
from assistant.web import chat

st.set_page_config(page_title=wording.APP_TITLE, page_icon=":material/stethoscope:")
st.navigation([st.Page(chat.page, title=wording.APP_TITLE)], position="hidden").run()
