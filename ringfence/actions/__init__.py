"""One function for each thing a person does; the only readers and writers of the store."""
