"""Where strangers' queries run: processes of their own, which can be stopped whatever they do."""
