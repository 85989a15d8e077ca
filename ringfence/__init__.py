"""The software around the field: what is kept, what comes in, what goes out, what people do."""
