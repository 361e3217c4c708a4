/** What is sent of an edited source: the parts that are another than before. */
import type { SourceChange, SourceIn } from '@/api/generated/types.gen';

export function changeOf(before: SourceIn, after: SourceIn): SourceChange {
  const name = after.name.trim();
  return {
    ...(name === before.name ? {} : { name }),
    ...(after.kind === before.kind ? {} : { kind: after.kind }),
    ...(after.trust === before.trust ? {} : { trust: after.trust }),
    ...(after.unit === before.unit || !after.unit ? {} : { unit: after.unit }),
  };
}
