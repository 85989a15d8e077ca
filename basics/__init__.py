"""The words every room uses: money, periods, people, errors. No rules of the field, no input or output."""
