import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// One page so far: the GraphQL playground, served by the server under /playground/.
export default defineConfig({
  root: "playground",
  base: "/playground/",
  publicDir: false,
  plugins: [react()],
  worker: { format: "es" },
  build: {
    outDir: "../dist/playground", // relative to root
    emptyOutDir: true,
    sourcemap: false,
    // Every asset is a file of its own, so that the page needs no data: URLs for scripts or fonts.
    assetsInlineLimit: 0,
    // The licences of the bundled libraries ask for their notices to travel with the code.
    license: { fileName: "assets/licenses.md" },
    // Monaco is far above the default limit; it is a chunk of its own that loads after the page.
    chunkSizeWarningLimit: 4000,
    // The libraries carry "use no memo" directives, which mean nothing in a bundle.
    rolldownOptions: { checks: { moduleLevelDirective: false } },
  },
});
