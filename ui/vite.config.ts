import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [react()],
  // The window loads its files from its own origin; relative addresses also serve a plain folder.
  base: "./",
  clearScreen: false,
  resolve: { alias: { "@": here("./src") } },
  server: { port: 1420, strictPort: true, host: "127.0.0.1" },
  build: { outDir: "dist", emptyOutDir: true, target: "es2022", sourcemap: false, chunkSizeWarningLimit: 1200 },
  test: {
    environment: "jsdom",
    setupFiles: ["./test/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}", "test/**/*.test.{ts,tsx}"],
    css: false,
    // One less than the cores is the default: half of a machine with two.
    maxWorkers: "100%",
    // Two files share two cores, and a machine may be busy with more.
    testTimeout: 60_000,
    restoreMocks: true,
  },
});
