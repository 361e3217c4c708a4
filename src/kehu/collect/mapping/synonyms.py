"""Headers as exports of banks write them, by field. A header under several fields means the first unless content speaks.

Case, spaces, punctuation and notes in brackets do not count; initials of pinyin are derived and stand here only where
systems shorten differently.
"""

from collections.abc import Mapping
from types import MappingProxyType


def _table(lines: str) -> Mapping[str, tuple[str, ...]]:
    rows = (line.split("|") for line in lines.strip().splitlines())
    return MappingProxyType({key.strip(): tuple(names.split()) for key, names in rows})


SYNONYMS: Mapping[str, tuple[str, ...]] = _table("""
customer_no | 客户号 客户编号 客户号码 客户代码 客户内码 核心客户号 客户标识 ECIF号 ECIF客户号 行内客户号 会员号 会员编号 CUST_ID CUST_NO CUST_NBR CUSTOMER_ID CUSTOMER_NO CUSTOMER_NUMBER CIF CIF_NO ECIF_NO ECIF_ID CLIENT_NO CLIENT_ID PARTY_ID MEMBER_ID MEMBER_NO KHH KHBH HXKHH
user_id | 用户号 用户编号 用户ID 登录账号 登录名 用户名 网银用户号 手机银行用户号 USER_ID USER_NO UID LOGIN_ID LOGIN_NAME USERNAME YHM
anonymous_id | 匿名标识 匿名ID 设备号 设备标识 设备ID ANONYMOUS_ID ANON_ID DEVICE_ID VISITOR_ID COOKIE_ID
name | 姓名 客户姓名 客户名称 客户名 户名 账户名称 账户名 名称 中文姓名 中文名 真实姓名 持卡人 持卡人姓名 联系人 联系人姓名 会员姓名 投保人 投保人姓名 NAME FULL_NAME CUST_NAME CUST_NM CUSTOMER_NAME CLIENT_NAME PARTY_NAME ACCT_NAME ACCOUNT_NAME CN_NAME CHN_NAME CNAME XINGMING HM
former_name | 曾用名 旧名 原姓名 FORMER_NAME OLD_NAME PREVIOUS_NAME
sex | 性别 客户性别 性别代码 SEX GENDER SEX_CD SEX_CODE GENDER_CD GENDER_CODE XINGBIE
birth_date | 出生日期 出生日 出生年月日 出生年月 生日 阳历生日 BIRTHDAY BIRTH_DATE BIRTH_DT BIRTH DATE_OF_BIRTH DOB CSNYR
resident_id | 身份证号 身份证号码 身份证 居民身份证 居民身份证号 居民身份证号码 公民身份号码 公民身份证号码 证件号码 证件号 证件编号 客户证件号码 ID_NO ID_NUM ID_NUMBER ID_CARD ID_CARD_NO CERT_NO CERT_NUM CERT_ID CERTIFICATE_NO CERT_CODE IDENTITY_NO IDENT_NO SFZ SFZHM SFZH ZJH ZJHM
passport | 护照 护照号 护照号码 证件号码 证件号 PASSPORT PASSPORT_NO PASSPORT_NUMBER PASSPORT_ID
hk_macau_permit | 港澳通行证 港澳居民来往内地通行证 回乡证 回乡证号 港澳通行证号 港澳台居民证件 HK_MACAU_PERMIT HM_PERMIT HOME_RETURN_PERMIT
taiwan_permit | 台胞证 台胞证号 台湾通行证 台湾居民来往大陆通行证 TAIWAN_PERMIT TW_PERMIT MTP_NO
foreigner_card | 永居证 永居证号 外国人永久居留证 外国人永久居留身份证 外国人居留证 FOREIGNER_CARD PERMANENT_RESIDENCE_CARD FPR_CARD PR_CARD_NO
document_expires_on | 证件到期日 证件到期 证件到期日期 证件有效期 证件有效期至 证件失效日期 证件有效期限 身份证到期日 身份证有效期 CERT_EXPIRY CERT_EXP_DATE CERT_EXPIRE_DATE CERT_END_DATE ID_EXPIRY ID_EXP_DATE ID_EXPIRE_DATE DOCUMENT_EXPIRES DOCUMENT_EXPIRY
mobile | 手机 手机号 手机号码 移动电话 移动电话号码 手机电话 联系手机 本人手机 预留手机号 预留手机 绑定手机号 签约手机号 联系电话 联系方式 联系号码 电话 电话号码 MOBILE MOBILE_NO MOBILE_PHONE MOBILE_NUM MOBILE_NUMBER MOB MOB_NO CELL CELL_PHONE PHONE PHONE_NO PHONE_NUM PHONE_NUMBER TEL TELEPHONE TEL_NO CONTACT_NO CONTACT_PHONE HANDPHONE MSISDN LXDH SJ SHOUJI
mobile_2 | 备用手机 备用手机号 第二手机 手机2 手机号2 手机号码2 移动电话2 其他手机 其他联系电话 联系电话2 备用电话 备用联系电话 MOBILE2 SECOND_MOBILE PHONE2 TEL2 ALT_PHONE OTHER_PHONE BACKUP_PHONE
landline | 固定电话 固话 座机 座机号 座机号码 家庭电话 住宅电话 宅电 单位电话 办公电话 公司电话 联系电话 电话 电话号码 LANDLINE HOME_PHONE HOME_TEL OFFICE_PHONE OFFICE_TEL WORK_PHONE FIXED_PHONE TEL TELEPHONE TEL_NO PHONE GDDH
email | 邮箱 电子邮箱 电子邮件 邮件地址 邮箱地址 邮件 EMAIL EMAIL_ADDR EMAIL_ADDRESS MAIL MAILBOX
wechat_union_id | 微信UNIONID 微信联合标识 UNIONID WECHAT_UNIONID WX_UNIONID
address | 居住地址 家庭地址 家庭住址 住址 现住址 住宅地址 常住地址 户籍地址 身份证地址 联系地址 通讯地址 通信地址 邮寄地址 地址 详细地址 账单地址 ADDRESS ADDR HOME_ADDR HOME_ADDRESS CONTACT_ADDR RESIDENCE_ADDR LIVE_ADDR MAIL_ADDR POST_ADDR LXDZ DZ JTZZ
work_address | 单位地址 公司地址 工作地址 办公地址 工作单位地址 联系地址 通讯地址 通信地址 WORK_ADDR WORK_ADDRESS OFFICE_ADDR OFFICE_ADDRESS COMPANY_ADDR COMPANY_ADDRESS UNIT_ADDR CONTACT_ADDR DWDZ
region | 地区 区域 所在地区 所在城市 城市 省份 省 市 所属地区 归属地 行政区划 区划代码 REGION CITY PROVINCE AREA AREA_CODE DISTRICT
nationality | 国籍 国家 国籍代码 国家地区 NATIONALITY COUNTRY COUNTRY_CODE NATION_CODE
ethnicity | 民族 民族代码 ETHNICITY ETHNIC NATION ETHNIC_GROUP
marital_status | 婚姻状况 婚姻 婚姻状态 婚否 是否已婚 婚姻状况代码 MARITAL_STATUS MARRIAGE MARITAL MARRY_STATUS MARRIAGE_STATUS MARRIAGE_CD MARITAL_CD
education | 学历 最高学历 文化程度 教育程度 学历代码 EDUCATION EDU EDU_LEVEL DEGREE EDUCATION_LEVEL EDU_CD
occupation | 职业 职业代码 从事职业 职业类别 OCCUPATION PROFESSION CAREER OCCUPATION_CODE OCCU OCCUPATION_CD JOB
employer | 工作单位 单位名称 单位 就业单位 任职单位 公司 公司名称 供职单位 EMPLOYER COMPANY COMPANY_NAME WORK_UNIT UNIT_NAME EMPLOYER_NAME
job_title | 职务 职位 岗位 职称 职务名称 JOB_TITLE TITLE POSITION DUTY POST_NAME
income | 年收入 收入 年薪 个人年收入 家庭年收入 税前年收入 INCOME ANNUAL_INCOME YEARLY_INCOME YEAR_INCOME SALARY
bank_card | 银行卡号 银行卡 卡号 信用卡号 借记卡号 储蓄卡号 主卡卡号 CARD_NO CARD_NUM CARD_NUMBER BANK_CARD BANK_CARD_NO CREDIT_CARD_NO DEBIT_CARD_NO PAN YHKH
account_no | 账号 帐号 账户号 银行账号 存款账号 结算账号 客户账号 账户编号 卡账号 ACCOUNT_NO ACCT_NO ACCOUNT ACCOUNT_NUMBER ACCT_ID ACCT ACCOUNT_ID ZHANGHAO
opened_on | 开户日期 开户日 开户时间 开卡日期 开卡日 建档日期 入网日期 注册日期 注册时间 OPEN_DATE OPEN_DT OPENED_ON OPEN_ACCT_DATE ACCT_OPEN_DATE REGISTER_DATE REG_DATE CUST_OPEN_DATE
tier | 客户等级 客户级别 客户层级 客户星级 星级 等级 会员等级 VIP等级 贵宾等级 资产等级 TIER CUST_LEVEL CUST_GRADE CUSTOMER_LEVEL LEVEL GRADE VIP_LEVEL STAR_LEVEL MEMBER_LEVEL CUST_LVL
risk_level | 风险等级 风险评级 风险承受能力 风险偏好 客户风险等级 风险测评结果 反洗钱等级 RISK_LEVEL RISK_GRADE RISK_RATING RISK_LVL RISK_TOLERANCE
aum | 管理资产 AUM 资产余额 总资产 金融资产 管理资产余额 客户资产 资产规模 月日均AUM ASSETS TOTAL_ASSETS AUM_BAL AUM_BALANCE AUM_AMT TOTAL_AUM
deposit_balance | 存款余额 存款 活期余额 定期余额 储蓄余额 存款合计 余额 账户余额 DEPOSIT DEPOSIT_BAL DEPOSIT_BALANCE DEP_BAL SAVING_BAL BALANCE BAL ACCT_BAL
loan_balance | 贷款余额 贷款 贷款合计 未还本金 借款余额 余额 LOAN LOAN_BAL LOAN_BALANCE LN_BAL LOAN_AMT OUTSTANDING_LOAN
credit_limit | 信用额度 授信额度 额度 卡额度 固定额度 总额度 CREDIT_LIMIT CREDIT_LMT CRD_LMT CRED_LIMIT CR_LMT CRDT_LMT LIMIT CREDIT_LINE
preferred_channel | 偏好渠道 首选渠道 常用渠道 联系渠道偏好 联系偏好 PREFERRED_CHANNEL PREF_CHANNEL CHANNEL_PREF
salutation | 称呼 称谓 尊称 SALUTATION HONORIFIC APPELLATION
note | 备注 说明 附注 客户备注 备注信息 REMARK REMARKS NOTE NOTES MEMO COMMENT COMMENTS BZ
organization_name | 企业名称 公司名称 单位名称 机构全称 企业全称 公司全称 对公客户名称 客户名称 户名 名称 ORGANIZATION_NAME ORG_NAME COMPANY_NAME CORP_NAME ENTERPRISE_NAME ENT_NAME LEGAL_NAME CUST_NAME CUST_NM CUSTOMER_NAME
uscc | 统一社会信用代码 社会信用代码 信用代码 统一信用代码 统一社会信用代码证号 组织机构代码 营业执照号 营业执照号码 税号 纳税人识别号 证件号码 证件号 USCC SOCIAL_CREDIT_CODE CREDIT_CODE UNIFIED_CODE ORG_CODE TAX_NO TAX_ID LICENSE_NO TYSHXYDM
legal_representative | 法定代表人 法人代表 法人 法人姓名 法定代表人姓名 负责人 LEGAL_REPRESENTATIVE LEGAL_PERSON LEGAL_REP CORP_REP FRDB FDDBR
registered_capital | 注册资本 注册资金 注册资本金 REGISTERED_CAPITAL REG_CAPITAL CAPITAL REG_CAP ZCZB
industry | 行业 所属行业 行业类别 行业代码 行业名称 INDUSTRY INDUSTRY_CODE INDUSTRY_NAME SECTOR TRADE
established_on | 成立日期 成立时间 注册成立日期 企业成立日期 ESTABLISHED_ON ESTABLISH_DATE FOUNDED_ON FOUND_DATE ESTABLISHED SETUP_DATE
event_name | 事件 事件名 事件名称 事件类型 行为 行为名称 行为类型 交易类型 交易名称 交易码 操作类型 动作 EVENT EVENT_NAME EVENT_TYPE ACTION TRANS_TYPE TRAN_TYPE TXN_TYPE TRAN_CODE TRX_TYPE BEHAVIOR
event_at | 事件时间 发生时间 发生日期 行为时间 交易时间 交易日期 操作时间 时间 时间戳 日期 EVENT_TIME EVENT_AT EVENT_DATE TIMESTAMP TIME DATE OCCURRED_AT TRANS_TIME TRANS_DATE TRAN_TIME TRAN_DATE TXN_TIME TXN_DATE TRX_DATE
amount | 金额 交易金额 发生额 支付金额 消费金额 AMOUNT AMT TRANS_AMT TRAN_AMT TXN_AMT TRX_AMT PAY_AMT
currency | 币种 币别 货币 币种代码 CURRENCY CCY CURR CCY_CD CURRENCY_CODE
product | 产品 产品名称 产品代码 产品编号 商品 商品名称 PRODUCT PRODUCT_NAME PRODUCT_CODE PROD_NAME PROD_CODE PRODUCT_ID PROD_ID
channel | 渠道 交易渠道 来源渠道 渠道名称 渠道代码 CHANNEL CHANNEL_CODE CHANNEL_NAME CHNL CHANNEL_ID CHNL_NO
message_id | 消息号 消息标识 事件编号 事件ID 流水号 交易流水号 流水 订单号 全局流水号 MESSAGE_ID MSG_ID EVENT_ID TRANS_ID TRAN_NO TXN_ID TXN_NO SERIAL_NO SEQ_NO ORDER_ID ORDER_NO TRACE_NO TRX_NO
""")

ROLE_SYNONYMS: Mapping[str, tuple[str, ...]] = _table("""
unit | 机构 机构号 机构代码 机构编号 所属机构 归属机构 管户机构 开户机构 开户机构号 开户网点 开卡网点 网点 网点号 网点代码 支行 分行 所属支行 所属分行 开户行 开户行号 BRCH BRCH_NO BRANCH BRANCH_NO BRANCH_ID BRANCH_CODE BRNO ORG_NO ORG_ID OPEN_BRCH OPEN_BRANCH OPEN_ORG BELONG_ORG BELONG_BRANCH MNG_ORG INST_NO INSTITUTION JGH KHJG KHWD
owner | 客户经理 客户经理工号 客户经理号 客户经理编号 客户经理姓名 管户经理 管户人 管户客户经理 主办客户经理 理财经理 归属人 负责员工 OWNER OWNER_ID CUST_MGR CUST_MANAGER MANAGER_ID MANAGER_NO MGR_NO MGR_ID RM RM_ID RM_NO ACCOUNT_MANAGER KHJL KHJLH
at | 更新时间 更新日期 修改时间 修改日期 最后更新时间 最后修改时间 数据日期 数据时间 统计日期 截止日期 快照日期 UPDATE_TIME UPDATED_AT UPDATE_DATE UPD_TIME UPD_DATE LAST_UPDATE LAST_UPDATED LAST_UPD_TIME MODIFY_TIME MODIFIED_AT LAST_MODIFIED DATA_DATE DATA_DT ETL_DATE ETL_DT AS_OF_DATE SNAPSHOT_DATE
""")

ROW_NUMBERS: tuple[str, ...] = (
    "序号",
    "行号",
    "NO",
    "NO.",
    "ROW",
    "ROW_NO",
    "ROWNUM",
    "ROW_NUM",
    "INDEX",
    "SEQ",
    "#",
)
REASONS: tuple[str, ...] = ("原因", "拒收原因", "错误原因")
