"""The fields that every installation begins with. Columns: key, zh, en, section, standard, party, class, identifier, listed.

Class C2 (JR/T 0171) is sealed; amounts of section `figures` are C2 too, but analysed, so they are kept clear under
row scope. `identifier` names the kind by which the field tells people apart. Nothing of class C3 has a field.
"""

from typing import NamedTuple


class CoreField(NamedTuple):
    """One row of the table below."""

    key: str
    zh: str
    en: str
    section: str
    standard: str
    party: str
    data_class: str
    identifier: str
    is_listed: bool


def _row(line: str) -> CoreField:
    key, zh, en, section, standard, party, data_class, identifier, listed = (
        part.strip() for part in line.split("|")
    )
    return CoreField(key, zh, en, section, standard, party, data_class, identifier, listed == "listed")


_TABLE = """
name                 | 姓名         | Name                 | identity   | person_name       | any          | C1 |                | listed
former_name          | 曾用名       | Former name          | identity   | person_name       | person       | C2 |                |
resident_id          | 证件号码     | Resident ID          | identity   | resident_id       | person       | C2 | resident_id    | listed
passport             | 护照         | Passport             | identity   | passport          | person       | C2 | passport       |
hk_macau_permit      | 港澳通行证   | HK/Macau permit      | identity   | hk_macau_permit   | person       | C2 | hk_macau_permit|
taiwan_permit        | 台胞证       | Taiwan permit        | identity   | taiwan_permit     | person       | C2 | taiwan_permit  |
foreigner_card       | 永居证       | Foreigner's card     | identity   | foreigner_card    | person       | C2 | foreigner_card |
document_expires_on  | 证件到期     | Document expires     | identity   | date              | person       | C1 |                |
sex                  | 性别         | Sex                  | identity   | sex               | person       | C1 |                | listed
birth_date           | 出生日期     | Birth date           | identity   | date              | person       | C2 |                | listed
birth_year           | 出生年份     | Birth year           | identity   | integer           | person       | C1 |                |
nationality          | 国籍         | Nationality          | identity   | text              | person       | C1 |                |
ethnicity            | 民族         | Ethnicity            | identity   | text              | person       | C2 |                |
uscc                 | 统一社会信用代码 | USCC             | identity   | uscc              | organization | C1 | uscc           | listed
legal_representative | 法定代表人   | Legal representative | identity   | person_name       | organization | C1 |                |
registered_capital   | 注册资本     | Registered capital   | identity   | money             | organization | C1 |                |
industry             | 行业         | Industry             | identity   | text              | organization | C1 |                |
established_on       | 成立日期     | Established          | identity   | date              | organization | C1 |                |
mobile               | 手机         | Mobile               | contact    | mobile            | any          | C2 | mobile         | listed
mobile_2             | 备用手机     | Second mobile        | contact    | mobile            | person       | C2 | mobile         |
landline             | 固定电话     | Landline             | contact    | landline          | any          | C2 |                |
email                | 电子邮箱     | E-mail               | contact    | email             | any          | C2 | email          | listed
address              | 居住地址     | Address              | contact    | address           | any          | C2 |                |
work_address         | 单位地址     | Work address         | contact    | address           | person       | C2 |                |
region               | 地区         | Region               | contact    | text              | any          | C1 |                | listed
wechat_union_id      | 微信 UnionID | WeChat UnionID       | contact    | code              | person       | C2 | wechat_union_id|
occupation           | 职业         | Occupation           | background | occupation        | person       | C1 |                | listed
employer             | 工作单位     | Employer             | background | organization_name | person       | C2 |                |
job_title            | 职务         | Job title            | background | text              | person       | C1 |                |
education            | 学历         | Education            | background | education         | person       | C1 |                | listed
marital_status       | 婚姻         | Marital status       | background | marital_status    | person       | C2 |                |
income               | 年收入       | Yearly income        | background | money             | person       | C2 |                |
preferred_channel    | 偏好渠道     | Preferred channel    | background | text              | any          | C1 |                |
salutation           | 称呼         | Salutation           | background | text              | person       | C1 |                |
note                 | 备注         | Note                 | background | text              | any          | C2 |                |
customer_no          | 客户号       | Customer no.         | account    | code              | any          | C2 | customer_no    |
user_id              | 登录账号     | User id              | account    | code              | any          | C2 | user_id        |
previous_user_id     | 曾用账号     | Former user id       | account    | code              | any          | C2 | user_id        |
anonymous_id         | 匿名标识     | Anonymous id         | account    | code              | any          | C2 | anonymous_id   |
bank_card            | 银行卡       | Bank card            | account    | bank_card         | person       | C2 | bank_card      |
account_no           | 账号         | Account no.          | account    | code              | any          | C2 | account_no     |
opened_on            | 开户日期     | Opened               | account    | date              | any          | C1 |                | listed
tier                 | 客户等级     | Tier                 | figures    | code              | any          | C1 |                | listed
risk_level           | 风险等级     | Risk level           | figures    | code              | any          | C1 |                | listed
aum                  | 管理资产     | Assets under management | figures | money             | any          | C2 |                | listed
deposit_balance      | 存款余额     | Deposits             | figures    | money             | any          | C2 |                | listed
loan_balance         | 贷款余额     | Loans                | figures    | money             | any          | C2 |                | listed
credit_limit         | 信用额度     | Credit limit         | figures    | money             | any          | C2 |                | listed
"""

CORE_FIELDS: tuple[CoreField, ...] = tuple(_row(line) for line in _TABLE.strip().splitlines())
SECTIONS = ("identity", "contact", "background", "account", "figures")
