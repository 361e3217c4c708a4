/** The server writes the bank's name into the page's head. */
export function organizationName(): string | undefined {
  return document.querySelector<HTMLMetaElement>('meta[name="kehu-organization"]')?.content || undefined;
}
