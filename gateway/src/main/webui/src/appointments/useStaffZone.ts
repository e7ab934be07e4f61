import { useQuery } from '@tanstack/react-query';
import { listStaff } from '../api/scheduling';
import { useMe, zoneOf } from '../app/identity';

/** A staff member's name and zone, out of the list that is loaded anyway. */
export function useStaffMember(staffId: string | undefined): { name: string; zone: string } {
  const me = useMe();
  const staff = useQuery({ queryKey: ['staff'], queryFn: listStaff });
  const found = staff.data?.items.find(({ id }) => id === staffId);
  return { name: found?.name ?? '', zone: found?.timeZone ?? zoneOf(me) };
}
