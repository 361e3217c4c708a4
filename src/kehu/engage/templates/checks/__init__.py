"""Looking at a message before it is used: what refuses it, what would harm it, and how to mend both."""
