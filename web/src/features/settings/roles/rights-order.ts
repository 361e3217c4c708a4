/** The rights of a role in the order in which the product lists them: customers first, administration last. */
import { useQuery } from '@tanstack/react-query';
import type { Right, RoleOut } from '@/api/generated/types.gen';
import { rightsQuery } from '../queries';

export function useRightsInOrder(): (role: RoleOut) => Right[] {
  const { data = [] } = useQuery(rightsQuery);
  const place = new Map(data.map((kind, i) => [kind.permission, i]));
  const at = (right: Right) => place.get(right.permission) ?? place.size;
  return (role) => [...role.rights].sort((one, other) => at(one) - at(other));
}
