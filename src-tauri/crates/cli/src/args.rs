//! The arguments of the command line. Help is Chinese: the person who types is the clerk's helper
//! or an archive room's script writer.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "taizhang-cli",
    version,
    about = "工程服务台账：投诉登记、办理、打印与归档（命令行）"
)]
pub(crate) struct Cli {
    /// 单位数据所在文件夹（默认在本机用户的数据目录）
    #[arg(long, global = true, value_name = "文件夹")]
    pub(crate) data: Option<PathBuf>,
    /// 以 JSON 输出
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// 固定当前时间，例如 2026-11-21T09:00
    #[arg(long, global = true, value_name = "时间")]
    pub(crate) now: Option<String>,
    /// 操作员姓名（默认用单位登记的操作员）
    #[arg(long, global = true, value_name = "姓名")]
    pub(crate) operator: Option<String>,
    /// 要做的事
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

/// One verb.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// 建立一个单位（空的数据文件夹）
    Init(Init),
    /// 填入演示数据
    Demo {
        /// 投诉件数
        #[arg(long, default_value_t = 60, value_name = "件数")]
        complaints: u32,
        /// 随机种子：同样的种子得到同样的数据
        #[arg(long, default_value_t = 1, value_name = "种子")]
        seed: u64,
    },
    /// 列出台账
    List(List),
    /// 显示一条记录
    Show {
        /// 台账，例如 complaint
        #[arg(value_name = "台账")]
        register: String,
        /// 编号、名称或标识
        #[arg(value_name = "编号")]
        number: String,
        /// 显示完整姓名、电话
        #[arg(long)]
        unmask: bool,
        /// 同时显示修改历史
        #[arg(long)]
        history: bool,
    },
    /// 新增一条记录
    Add {
        /// 台账
        #[arg(value_name = "台账")]
        register: String,
        /// 内容：JSON 或 JSON 文件（- 表示标准输入）
        #[arg(long, value_name = "文件或JSON")]
        values: String,
    },
    /// 修改一条记录
    Edit {
        /// 台账
        #[arg(value_name = "台账")]
        register: String,
        /// 编号、名称或标识
        #[arg(value_name = "编号")]
        number: String,
        /// 内容：JSON 或 JSON 文件
        #[arg(long, value_name = "文件或JSON")]
        values: String,
        /// 您看到的版本；不符时拒绝保存
        #[arg(long, value_name = "版本")]
        seen: Option<i64>,
    },
    /// 删除到回收站
    Delete {
        /// 台账
        #[arg(value_name = "台账")]
        register: String,
        /// 编号、名称或标识
        #[arg(value_name = "编号")]
        number: String,
        /// 理由
        #[arg(long, default_value = "", value_name = "理由")]
        reason: String,
    },
    /// 从回收站恢复一条记录
    Undelete {
        /// 台账
        #[arg(value_name = "台账")]
        register: String,
        /// 编号、名称或标识
        #[arg(value_name = "编号")]
        number: String,
    },
    /// 列出回收站
    Bin,
    /// 办理一个环节
    Do(Do),
    /// 现在可以办理的环节，以及还缺什么
    Next {
        /// 台账
        #[arg(value_name = "台账")]
        register: String,
        /// 编号
        #[arg(value_name = "编号")]
        number: String,
    },
    /// 在所有台账里查找
    Search {
        /// 文字、拼音、电话尾号、编号
        #[arg(value_name = "文字")]
        text: String,
        /// 最多列出几条
        #[arg(long, default_value_t = 50, value_name = "条数")]
        limit: u32,
        /// 显示完整姓名、电话
        #[arg(long)]
        unmask: bool,
    },
    /// 到期事项
    Due {
        /// 截止到哪一天（默认三天后）
        #[arg(long, value_name = "日期")]
        date: Option<String>,
        /// 说明每一项是怎么算出来的
        #[arg(long)]
        why: bool,
    },
    /// 计算一个时限，并说明怎么算的
    CountDue {
        /// 起算时间
        #[arg(long, value_name = "时间")]
        from: String,
        /// 2w 工作日、3d 天、48h 小时、6m 月、2y 年
        #[arg(long, value_name = "时限")]
        add: String,
        /// 按法定期间计算（最后一日遇休息日顺延）
        #[arg(long)]
        legal: bool,
    },
    /// 列出表式
    Forms,
    /// 打印表式（生成 PDF）
    Print(Print),
    /// 已打印的文书
    Papers {
        /// 某一条投诉的编号；不填则列出全部未归还的
        #[arg(long, value_name = "编号")]
        record: Option<String>,
    },
    /// 补打一份已打印的文书
    Reprint {
        /// 文书编号
        #[arg(value_name = "编号")]
        number: String,
        /// 输出文件
        #[arg(long, value_name = "文件")]
        out: PathBuf,
    },
    /// 登记签字件已收回
    Returned {
        /// 文书编号
        #[arg(value_name = "编号")]
        number: String,
        /// 签字扫描件
        #[arg(long, value_name = "文件")]
        scan: Option<PathBuf>,
        /// 无需归还（不附扫描件）
        #[arg(long)]
        not_needed: bool,
    },
    /// 给记录添加附件
    Attach {
        /// 台账
        #[arg(value_name = "台账")]
        register: String,
        /// 编号
        #[arg(value_name = "编号")]
        number: String,
        /// 文件
        #[arg(value_name = "文件")]
        file: PathBuf,
        /// 说明
        #[arg(long, default_value = "", value_name = "说明")]
        note: String,
    },
    /// 导入旧台账
    Import {
        /// 台账文件（.xlsx、.csv）
        #[arg(value_name = "文件")]
        file: PathBuf,
        /// 台账
        #[arg(long, default_value = "complaint", value_name = "台账")]
        register: String,
        /// 所属工程（编号或名称；默认按标题查找）
        #[arg(long, value_name = "工程")]
        project: Option<String>,
        /// 只检查，不写入
        #[arg(long)]
        dry_run: bool,
        /// 把问题写成表格
        #[arg(long, value_name = "文件")]
        report: Option<PathBuf>,
    },
    /// 撤销一批导入
    UndoImport {
        /// 批次
        #[arg(value_name = "批次")]
        batch: String,
    },
    /// 导出台账为表格
    Export {
        /// 台账
        #[arg(value_name = "台账")]
        register: String,
        /// 输出文件（.xlsx）
        #[arg(long, value_name = "文件")]
        out: PathBuf,
        /// 导出完整姓名、电话
        #[arg(long)]
        unmask: bool,
    },
    /// 撤销上一步
    Undo,
    /// 重做
    Redo,
    /// 修改历史
    History {
        /// 台账
        #[arg(value_name = "台账")]
        register: String,
        /// 编号
        #[arg(value_name = "编号")]
        number: String,
    },
    /// 草稿：不带参数时列出
    Drafts,
    /// 立即备份
    Backup,
    /// 从备份恢复
    Restore {
        /// 备份文件名（不填则列出可用备份）
        #[arg(value_name = "名称")]
        name: Option<String>,
    },
    /// 检查数据是否完好
    Check,
    /// 时限规则
    Rules,
    /// 导入下一年节假日表
    Calendar {
        /// 节假日表文件（.toml）
        #[arg(value_name = "文件")]
        file: PathBuf,
    },
    /// 调用任一命令
    Call {
        /// 命令名；list 列出全部
        #[arg(value_name = "名称")]
        name: String,
        /// 请求 JSON
        #[arg(default_value = "{}", value_name = "JSON")]
        request: String,
    },
}

/// `init`.
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// 单位全称
    #[arg(long, value_name = "名称")]
    pub(crate) office: String,
    /// 单位代码，用在编号里
    #[arg(long, value_name = "代码", default_value = "DW")]
    pub(crate) code: String,
    /// 电脑代号（操作员姓名用 --operator 给出）
    #[arg(long, value_name = "代号", default_value = "PC-01")]
    pub(crate) site: String,
}

/// `list`.
#[derive(Debug, Args)]
pub(crate) struct List {
    /// 台账
    #[arg(value_name = "台账")]
    pub(crate) register: String,
    /// 条件 字段=值（也可用 字段!=值、字段>=值、字段<=值、字段~文字）
    #[arg(long = "where", value_name = "条件")]
    pub(crate) filters: Vec<String>,
    /// 含有文字
    #[arg(long, value_name = "文字")]
    pub(crate) text: Option<String>,
    /// 排序字段，前面加 - 为倒序
    #[arg(long, value_name = "字段", allow_hyphen_values = true)]
    pub(crate) sort: Vec<String>,
    /// 最多几条
    #[arg(long, default_value_t = 50, value_name = "条数")]
    pub(crate) limit: u32,
    /// 跳过几条
    #[arg(long, default_value_t = 0, value_name = "条数")]
    pub(crate) offset: u32,
    /// 显示完整姓名、电话
    #[arg(long)]
    pub(crate) unmask: bool,
}

/// `do`.
#[derive(Debug, Args)]
pub(crate) struct Do {
    /// 台账
    #[arg(value_name = "台账")]
    pub(crate) register: String,
    /// 编号
    #[arg(value_name = "编号")]
    pub(crate) number: String,
    /// 环节的英文名，例如 accept
    #[arg(value_name = "环节")]
    pub(crate) step: String,
    /// 内容：JSON 或 JSON 文件
    #[arg(long, value_name = "文件或JSON", default_value = "{}")]
    pub(crate) values: String,
    /// 发生时间（默认现在）
    #[arg(long, value_name = "时间")]
    pub(crate) at: Option<String>,
    /// 经办人（签字人）
    #[arg(long, value_name = "姓名", default_value = "")]
    pub(crate) person: String,
    /// 情况、理由、结论
    #[arg(long, value_name = "文字", default_value = "")]
    pub(crate) text: String,
    /// 豁免 项目=理由
    #[arg(long, value_name = "项目=理由")]
    pub(crate) waive: Vec<String>,
    /// 时限规则号（用于延期）
    #[arg(long, value_name = "规则")]
    pub(crate) rule: Option<String>,
    /// 延至（用于延期）
    #[arg(long, value_name = "时间")]
    pub(crate) until: Option<String>,
    /// 档案材料（用于附扫描件、免附材料）
    #[arg(long, value_name = "材料")]
    pub(crate) item: Option<String>,
}

/// `print`.
#[derive(Debug, Args)]
pub(crate) struct Print {
    /// 表式代码，例如 F-02
    #[arg(value_name = "表式")]
    pub(crate) form: String,
    /// 记录编号，可多个
    #[arg(long, value_name = "编号", num_args = 1..)]
    pub(crate) record: Vec<String>,
    /// 条件（用于台账和批量打印）
    #[arg(long = "where", value_name = "条件")]
    pub(crate) filters: Vec<String>,
    /// 空白表
    #[arg(long)]
    pub(crate) blank: bool,
    /// 自填内容 JSON
    #[arg(long, value_name = "文件或JSON", default_value = "{}")]
    pub(crate) values: String,
    /// 输出文件或文件夹
    #[arg(long, value_name = "路径")]
    pub(crate) out: PathBuf,
    /// 合并成一个文件
    #[arg(long)]
    pub(crate) merge: bool,
    /// 只生成文件，不登记为文书
    #[arg(long)]
    pub(crate) draft: bool,
}
