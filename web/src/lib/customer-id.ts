/** The id of a customer in what somebody pasted: the id itself, or the address of his profile. */
const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

export function toCustomerId(text: string): string | undefined {
  return ID.exec(text)?.[0].toLowerCase();
}
