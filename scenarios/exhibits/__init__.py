"""What is shown, without a screen: charts, tables and sentences that pages and reports share; knows no Streamlit."""
