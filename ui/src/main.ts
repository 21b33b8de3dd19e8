// Starts the page: look, router, and the faults that nobody else catches.
import 'element-plus/es/components/base/style/css';
import './look/tokens.css';
import './look/base.css';
import { createApp } from 'vue';
import App from './App.vue';
import { keepAllDrafts } from './drafts';
import { catchFaults } from './host/faults';
import { onClosing, onKnocked } from './host/window';
import { router } from './router';
import { sayDone } from './say';

const app = createApp(App);
catchFaults(app);
app.use(router).mount('#app');
void onClosing(keepAllDrafts);
void onKnocked(() => sayDone('程序已经打开，没有再开一个窗口。'));
