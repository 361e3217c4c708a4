"""The source systems of the demo bank, each writing the file form that such a system exports."""
