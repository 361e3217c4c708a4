-- Sets made after the scope was read have no bit, and are not seen until it is read again.
ALTER POLICY scope ON profile_customer USING (
  unit_id = ANY ((SELECT sec.units())::int[])
  OR owner_id = (SELECT sec.uid())
  OR CASE WHEN unit_set_id < (SELECT 8 * length(sec.unit_set_bits()))
       THEN get_bit((SELECT sec.unit_set_bits()), unit_set_id) = 1 ELSE false END
);
DROP FUNCTION sec.unit_sets();
