"""Where things are kept: tables, guards for two engines, migrations, one module a noun."""
