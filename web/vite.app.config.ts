import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The web app: the door (log in, links of letters, onboarding) and the hub (dashboard and portal), a page each.
export default defineConfig({
  root: "app",
  base: "/",
  publicDir: false,
  plugins: [react()],
  build: {
    outDir: "../dist/app", // relative to root
    emptyOutDir: true,
    sourcemap: false,
    // The policy of the server allows no data: URLs for scripts or fonts.
    assetsInlineLimit: 0,
    // The modules are loaded by the page itself; a polyfill would be an inline script.
    modulePreload: { polyfill: false },
    license: { fileName: "assets/licenses.md" },
    rolldownOptions: {
      input: ["app/door.html", "app/hub.html"],
      checks: { moduleLevelDirective: false },
    },
    chunkSizeWarningLimit: 1200,
  },
});
