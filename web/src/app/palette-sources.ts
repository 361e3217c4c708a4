/** What the search palette asks the server. A source answers within the reader's visible scope and says why each hit is one. */
import type { ReactNode } from 'react';
import { customerSource } from '@/features/customers/palette/customer-source';
import type { Permission } from '@/lib/session/permissions';

export interface PaletteHit {
  key: string;
  /** With its hits marked. */
  title: ReactNode;
  /** The name alone, for the disc. */
  name: string;
  detail?: string;
  /** Why this is a hit: 姓名首字母与手机尾号相同. */
  reason?: string;
  path: string;
}

export interface PaletteSource {
  key: string;
  /** The head above its hits, with their number. */
  label: (count: number) => string;
  permission: Permission;
  search: (text: string, signal: AbortSignal) => Promise<readonly PaletteHit[]>;
}

export const paletteSources: readonly PaletteSource[] = [customerSource];
