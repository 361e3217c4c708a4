/** What can be done with an import; each refreshes it at once, so that the page moves on. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import {
  cancelImport,
  resumeImport,
  revertImport,
  runImport,
  saveImportMapping,
  updateImportReading,
} from '@/api/generated/sdk.gen';
import type { Changes, MappingIn, ReadingIn } from '@/api/generated/types.gen';
import { importQuery, importsQuery, proposalsQuery, revertPreviewQuery, sourcesQuery } from '../queries';

export function useImportActions(id: string) {
  const client = useQueryClient();
  /** What a revert would do is another matter after each act; it is asked again when it is shown again. */
  const refresh = async () => {
    client.removeQueries({ queryKey: revertPreviewQuery(id).queryKey });
    await Promise.all([
      client.invalidateQueries({ queryKey: importsQuery.queryKey, exact: true }),
      client.invalidateQueries({ queryKey: importQuery(id).queryKey, exact: true }),
    ]);
  };
  const path = { import_id: id };
  const run = useMutation({
    mutationFn: (body: Changes) => runImport({ path, body, throwOnError: true }),
    onSuccess: refresh,
  });
  const cancel = useMutation({
    mutationFn: () => cancelImport({ path, throwOnError: true }),
    onSuccess: refresh,
  });
  const resume = useMutation({
    mutationFn: () => resumeImport({ path, throwOnError: true }),
    onSuccess: refresh,
  });
  const revert = useMutation({
    mutationFn: (reason: string) => revertImport({ path, body: { reason }, throwOnError: true }),
    onSuccess: refresh,
  });
  const save = useMutation({
    mutationFn: (body: MappingIn) => saveImportMapping({ path, body, throwOnError: true }),
    onSuccess: async () => {
      await Promise.all([refresh(), client.invalidateQueries({ queryKey: sourcesQuery.queryKey })]);
    },
  });
  /** Another reading has other columns: what was proposed for the old ones is dropped at once. */
  const read = useMutation({
    mutationFn: async (body: ReadingIn) =>
      (await updateImportReading({ path, body, throwOnError: true })).data,
    onSuccess: async (job) => {
      client.setQueryData(importQuery(id).queryKey, job);
      await client.resetQueries({ queryKey: proposalsQuery(id).queryKey });
    },
  });
  return { run, cancel, resume, revert, save, read };
}
