import { useQuery } from '@tanstack/react-query';
import { listConflicts } from '../api/scheduling';
import { isAdmin, useMe } from '../app/identity';

/** Staff settle their own conflicts, administrators everybody's. */
export function useConflicts() {
  const me = useMe();
  const staffId = isAdmin(me) ? undefined : me.staffMember?.id;
  return useQuery({ queryKey: ['conflicts', staffId], queryFn: () => listConflicts(staffId), refetchInterval: 30_000 });
}
