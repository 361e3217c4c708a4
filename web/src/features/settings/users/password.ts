/** A first password that nobody has to think of: 16 characters that are not mistaken for each other. */
const SIGNS = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 16;

export function makePassword(random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array): string {
  const usable = 256 - (256 % SIGNS.length);
  let password = '';
  while (password.length < LENGTH) {
    for (const byte of random(new Uint8Array(LENGTH))) {
      if (byte < usable && password.length < LENGTH) password += SIGNS[byte % SIGNS.length];
    }
  }
  return password;
}
