/**
 * The key under which something is made: the same one when the same request goes out again after a lost answer, so that
 * it acts once. A known answer ends a key; what is made a second time on purpose gets one of its own.
 */
const MINUTES = 10;
const ROOT = '/api/v1/';

/**
 * Sent by POST to keep words out of addresses, or for their length, and asked anew each time: these make nothing. A key
 * would answer the same question with the figures of minutes ago, where the first request was given up on the way.
 */
const ASKING =
  /\/(?:search|lookup|check|explain|reveal|read|count|words|divide|overlap|sample|steps|preview|outlook|columns|try|trial)$/;
const FIGURES = /\/(?:funnels|retention)(?:\/customers)?$/;
/** Their answers hold a secret that is shown once, which the server shall keep for nobody; a second one is refused or seen. */
const SECRET = /\/(?:tokens|write-key|sources)$/;

interface Open {
  key: string;
  until: number;
}

const open = new Map<string, Open>();

/** A UUID; where the page came over plain HTTP from another machine, browsers have no `randomUUID`. */
export function newKey(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
}

export function isMaking(method: string, path: string): boolean {
  const isAsked = ASKING.test(path) || FIGURES.test(path);
  return method === 'POST' && path.startsWith(ROOT) && !isAsked && !SECRET.test(path);
}

/** The key of a request, told by its address and content: the one it had before, while its answer is not known. */
export function keyOf(request: string, now = Date.now()): string {
  for (const [name, { until }] of open) if (until < now) open.delete(name);
  const key = open.get(request)?.key ?? newKey();
  open.set(request, { key, until: now + MINUTES * 60_000 });
  return key;
}

/** Whether an answer leaves in doubt what was done: the first request may still run, or its answer was lost. */
export function isInDoubt(status: number): boolean {
  return status === 0 || status === 409 || status >= 500;
}

/** Ends the key of a request whose answer is known. */
export function settle(request: string, status: number): void {
  if (!isInDoubt(status)) open.delete(request);
}
