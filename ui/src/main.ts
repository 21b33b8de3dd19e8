// Starts the page: look, router, and the faults that nobody else catches.
import 'element-plus/es/components/base/style/css';
import './look/tokens.css';
import './look/base.css';
import { createApp } from 'vue';
import App from './App.vue';
import { catchFaults } from './host/faults';
import { router } from './router';

const app = createApp(App);
catchFaults(app);
app.use(router).mount('#app');
