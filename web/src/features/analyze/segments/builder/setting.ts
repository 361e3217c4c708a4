/** What every condition of a definition is built with, wherever it stands in the tree. */
import type { Bilingual } from '@/lib/language';
import type { Remains } from '../preview/steps';
import type { Book } from './kinds';

export interface Setting {
  book: Book;
  events: readonly string[];
  channels: Readonly<Record<string, Bilingual>>;
  /** The saved segment that is being defined; it cannot name itself. */
  self: string | undefined;
  /** The part in which the server finds a mistake, and its words. */
  mistake: { id: number; said: string } | undefined;
  /** How many remain at each part; absent where nothing is counted. */
  remains?: Remains | undefined;
}
