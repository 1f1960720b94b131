import './zod-without-eval';
import './theme/tokens.css';
import './theme/base.css';
import './theme/layer-table.css';
import './theme/popup.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { studio } from './bridge';
import { useToastsStore } from './stores/toasts';
import { windowBridge } from './window-bridge';

studio.attach(windowBridge());

const app = createApp(App);
app.use(createPinia());

const toasts = useToastsStore();
window.addEventListener('error', (event) => {
  // An event without an error is a notice of the browser (a resize observer that will be called again), not a failure.
  if (event.error) toasts.report(event.error);
});
window.addEventListener('unhandledrejection', (event) => {
  toasts.report(event.reason);
});
// On to the window's own error event, so that the console has it as well.
app.config.errorHandler = (error) => {
  reportError(error);
};

app.mount('#app');
