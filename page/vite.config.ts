import { defineConfig, type Plugin } from "vite";

/**
 * Observable Plot writes a <style> element into each chart, which our Content-Security-Policy forbids. Its few rules stand in
 * src/style.css instead; here the element is taken out, and the build fails when Plot no longer looks as we know it.
 */
function plotWithoutStyle(): Plugin {
  const written = /svg\.append\("style"\)\.text\(\s*`[^`]*`\s*\)/;
  return {
    name: "plot-without-style",
    enforce: "pre",
    transform(code, id) {
      if (!id.includes("@observablehq/plot/src/") || !code.includes('append("style")')) return null;
      const bare = code.replace(written, "svg");
      if (bare.includes('append("style")')) this.error(`${id} writes its style otherwise than before; see vite.config.ts`);
      return { code: bare, map: null };
    },
  };
}

/** Of the world's map only the outlines of countries, on a coarser grid: no names, no second copy of the coast. */
function outlinesAlone(): Plugin {
  return {
    name: "outlines-alone",
    enforce: "pre",
    transform(code, id) {
      if (!id.endsWith("world-atlas/countries-110m.json")) return null;
      const world = JSON.parse(code);
      delete world.objects.land;
      for (const one of world.objects.countries.geometries) {
        delete one.properties;
        delete one.id;
      }
      world.arcs = world.arcs.map(coarser);
      world.transform.scale = world.transform.scale.map((step: number) => step * COARSER);
      return { code: JSON.stringify(world), map: null };
    },
  };
}

const COARSER = 20; // steps of the map's own grid (about 400 m) in one of ours: still finer than a pixel of a wide screen

/** A line as steps from point to point, on the coarser grid; points that fall together are one. */
function coarser(line: [number, number][]): [number, number][] {
  const ours: [number, number][] = [];
  let [x, y, lastX, lastY] = [0, 0, 0, 0];
  line.forEach(([dx, dy], place) => {
    [x, y] = [x + dx, y + dy];
    const [newX, newY] = [Math.round(x / COARSER), Math.round(y / COARSER)];
    if (place && place < line.length - 1 && newX === lastX && newY === lastY) return;
    ours.push([newX - lastX, newY - lastY]);
    [lastX, lastY] = [newX, newY];
  });
  return ours;
}

export default defineConfig({
  base: "/",
  plugins: [plotWithoutStyle(), outlinesAlone()],
  build: {
    outDir: "../src/detente/web/static",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    cssCodeSplit: false,
    reportCompressedSize: true,
    license: { fileName: "licences.md" },
    // Names that stay, so that a build changes no more than its content; the server tells browsers by ETag what is new.
    rollupOptions: { output: { entryFileNames: "assets/[name].js", chunkFileNames: "assets/[name].js", assetFileNames: "assets/[name][extname]" } },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8765" } },
});
