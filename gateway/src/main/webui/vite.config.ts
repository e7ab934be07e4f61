import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The gateway serves what stands in META-INF/resources; index.html is never cached, /assets/* is for ever (hashed names).
export default defineConfig({
  plugins: [react()],
  build: {
    outDir: '../../../target/classes/META-INF/resources',
    emptyOutDir: false,
    // Nothing may be inlined as a data: address; the content-security-policy has no exception for it.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
  test: {
    environment: 'jsdom',
    // Typing letter by letter takes long on a machine that builds at the same time.
    testTimeout: 60_000,
    setupFiles: ['src/test-setup.ts'],
    // A zone that is neither UTC nor the demo's: code that leans on the machine's zone fails here.
    env: { TZ: 'Pacific/Chatham' },
  },
});
