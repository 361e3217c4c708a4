-- Approvals hold no customer; what was written with a decision is sealed and given out by the program alone, which decides
-- who may see what was to be approved. Written by operations of the system only.
ALTER TABLE govern_approval ENABLE ROW LEVEL SECURITY;
ALTER TABLE govern_approval FORCE ROW LEVEL SECURITY;
CREATE POLICY scope ON govern_approval FOR SELECT TO kehu_app USING (true);
CREATE POLICY system ON govern_approval TO kehu_system USING ((SELECT sec.is_system())) WITH CHECK ((SELECT sec.is_system()));
REVOKE INSERT, UPDATE, DELETE ON govern_approval FROM kehu_app;
