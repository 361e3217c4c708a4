/** One query, four faces: loading, error, no permission, data. Old data stays while new is fetched. */
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiProblem } from '@/lib/http/problem';
import { ErrorState } from './error-state';
import { LoadingState } from './loading-state';
import { NoPermissionState } from './no-permission-state';

interface QueryViewProps<Data> {
  query: UseQueryResult<Data>;
  /** In the size of the page to come. */
  skeleton?: ReactNode;
  errorTitle?: string;
  children: (data: Data) => ReactNode;
}

/** What is forbidden and what is not there look the same. */
export function isHidden(problem: unknown): boolean {
  if (!(problem instanceof ApiProblem) || problem.code === 'csrf') return false;
  return problem.status === 403 || problem.status === 404;
}

export function QueryView<Data>({ query, skeleton, errorTitle, children }: QueryViewProps<Data>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isPending) return <LoadingState>{skeleton}</LoadingState>;
  if (isHidden(query.error)) return <NoPermissionState />;
  return (
    <ErrorState
      problem={query.error}
      onRetry={() => void query.refetch()}
      {...(errorTitle ? { title: errorTitle } : {})}
    />
  );
}
