/** `npm run api`: from the schema that `kehu openapi` writes to the typed client and its queries. Nobody edits the result. */
import { defineConfig } from '@hey-api/openapi-ts';

export default defineConfig({
  input: './openapi.json',
  output: { path: './src/api/generated', clean: true, entryFile: false },
  plugins: [
    { name: '@hey-api/client-fetch', runtimeConfigPath: './src/lib/http/client-config' },
    '@hey-api/typescript',
    '@hey-api/sdk',
    { name: '@tanstack/react-query', queryOptions: true, infiniteQueryOptions: false },
  ],
});
