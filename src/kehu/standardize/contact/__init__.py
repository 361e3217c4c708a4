"""Where somebody is reached: phones, e-mail, addresses and their regions."""
