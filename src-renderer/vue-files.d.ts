/** For tools that do not look into .vue files (the linter); vue-tsc takes the types from the files themselves. */
declare module '*.vue' {
  import type { DefineComponent } from 'vue';

  const component: DefineComponent;
  export { component as default };
}
