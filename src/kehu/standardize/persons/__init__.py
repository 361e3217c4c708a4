"""Names of persons and organizations, their characters and their pinyin."""
