/**
 * What went wrong, as the server says it (RFC 9457) or as we say it when the server could not be asked.
 * `title` and `detail` are in the reader's language and may be shown as they are.
 */
export interface FieldProblem {
  /** The path of the field in the body, such as `rules.0.value`. */
  field: string;
  /** Stable, for the page to find its own words. */
  code: string;
  /** The server's words, where it has any. */
  message: string | undefined;
}

interface ProblemFacts {
  status: number;
  code: string;
  title: string;
  detail?: string | undefined;
  /** The number under which the server's log knows this request. */
  id?: string | undefined;
  fields?: readonly FieldProblem[];
}

export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string | undefined;
  readonly id: string | undefined;
  readonly fields: readonly FieldProblem[];

  constructor(facts: ProblemFacts) {
    super(facts.title);
    this.name = 'ApiProblem';
    this.status = facts.status;
    this.code = facts.code;
    this.title = facts.title;
    this.detail = facts.detail;
    this.id = facts.id;
    this.fields = facts.fields ?? [];
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

function toFields(value: unknown): FieldProblem[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isRecord).map((entry) => ({
    field: text(entry.field) ?? '',
    code: text(entry.code) ?? 'invalid',
    message: text(entry.detail),
  }));
}

/** Reads an answer that is no success. `fallbackTitle` stands where the body is no problem document. */
export async function problemFrom(response: Response, fallbackTitle: string): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => null);
  const facts = isRecord(body) ? body : {};
  return new ApiProblem({
    status: response.status,
    code: text(facts.code) ?? `http.${response.status}`,
    title: text(facts.title) ?? fallbackTitle,
    detail: text(facts.detail),
    id: text(facts.request_id),
    fields: toFields(facts.fields),
  });
}
