//! Who may see and do what. The server applies visibility inside every query; the rules for writing
//! are here, and the web app shows with them what it offers.

use serde::{Deserialize, Serialize};

use crate::activity::Activity;
use crate::deal::{Deal, DealStatus};
use crate::error::ErrorCode;
use crate::id::{DepartmentId, UserId};
use crate::lead::Lead;
use crate::material::{Material, MaterialStatus};
use crate::process::Definition;
use crate::team::TeamRole;
use crate::user::Role;

/// Whose deals a person sees besides the own ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "scope", rename_all = "snake_case")]
pub enum Reach {
    /// Everybody's.
    All,
    /// Those of these departments.
    Departments {
        /// The departments, subtrees already spelled out.
        departments: Vec<DepartmentId>,
    },
    /// Nobody else's.
    Own,
}

/// The person on whose behalf something is read or written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Actor {
    /// Identifier of the person.
    pub user_id: UserId,
    /// The person's name, as the history keeps it.
    pub name: String,
    /// What the person may do.
    pub role: Role,
    /// The person's department.
    pub department_id: Option<DepartmentId>,
    /// Whose deals the person sees.
    pub reach: Reach,
    /// IANA name of the person's time zone.
    pub time_zone: String,
}

impl Actor {
    /// The product itself, for what no person does: a form on another site, a day that has come. The
    /// history names nobody then. Days begin and end in the given time zone.
    #[must_use]
    pub fn system(time_zone: impl Into<String>) -> Self {
        Self {
            user_id: UserId::new(""),
            name: String::new(),
            role: Role::Admin,
            department_id: None,
            reach: Reach::All,
            time_zone: time_zone.into(),
        }
    }

    /// Whether this is the product itself.
    #[must_use]
    pub fn is_system(&self) -> bool {
        self.user_id.as_str().is_empty()
    }

    /// Whether the person's reach covers a department.
    #[must_use]
    pub fn reaches(&self, department: Option<&DepartmentId>) -> bool {
        match &self.reach {
            Reach::All => true,
            Reach::Departments { departments } => {
                department.is_some_and(|d| departments.contains(d))
            }
            Reach::Own => false,
        }
    }

    /// Whether the person leads: an admin, or a head whose subtree has the department.
    #[must_use]
    pub fn leads(&self, department: Option<&DepartmentId>) -> bool {
        match self.role {
            Role::Admin => true,
            Role::Head => self.reaches(department),
            Role::Manager | Role::Viewer => false,
        }
    }

    /// Whether the person may change anything at all.
    #[must_use]
    pub const fn writes(&self) -> bool {
        !matches!(self.role, Role::Viewer)
    }
}

/// What a person may do with one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Access {
    /// It does not exist for this person.
    None,
    /// See it.
    Read,
    /// See and change it.
    Write,
}

/// What a person may do with a deal, as it was read for that person: by owning it, by reaching or leading
/// its department, or by being on its team.
#[must_use]
pub fn deal_access(actor: &Actor, deal: &Deal) -> Access {
    let department = deal.department_id.as_ref();
    access_with_team(actor, &deal.owner_id, department, deal.my_team_role)
}

/// What a person may do with a deal of this owner and department, on whose team the person does this.
#[must_use]
pub fn access_with_team(
    actor: &Actor,
    owner: &UserId,
    department: Option<&DepartmentId>,
    team_role: Option<TeamRole>,
) -> Access {
    let on_team = match team_role {
        None => Access::None,
        Some(role) if role.writes() && actor.writes() => Access::Write,
        Some(_) => Access::Read,
    };
    access(actor, owner, department).max(on_team)
}

/// What a person may do with a deal or a lead of this owner and department.
#[must_use]
pub fn access(actor: &Actor, owner: &UserId, department: Option<&DepartmentId>) -> Access {
    let own = *owner == actor.user_id;
    if actor.leads(department) || own && actor.writes() {
        Access::Write
    } else if own || actor.reaches(department) {
        Access::Read
    } else {
        Access::None
    }
}

/// Refuses a change of a deal: as not found when it is not even visible, as forbidden when it is.
///
/// # Errors
/// `not_found` or `forbidden`.
pub fn require_deal_write(actor: &Actor, deal: &Deal) -> Result<(), ErrorCode> {
    match deal_access(actor, deal) {
        Access::Write => Ok(()),
        Access::Read => Err(ErrorCode::Forbidden),
        Access::None => Err(ErrorCode::NotFound),
    }
}

/// What a person may do with a lead: the same as with a deal of its owner and department.
#[must_use]
pub fn lead_access(actor: &Actor, lead: &Lead) -> Access {
    access(actor, &lead.owner_id, lead.department_id.as_ref())
}

/// What a person may do with an activity. `on` is what the person may do with the deal or lead that it
/// belongs to: whoever sees that sees the activity, whoever may change that may change it. One that
/// belongs to neither is seen by those whose reach covers the owner's department. The owner, who may
/// always change it, and the colleagues who take part see it in any case.
#[must_use]
pub fn activity_access(actor: &Actor, activity: &Activity, on: Option<Access>) -> Access {
    let own = activity.owner_id == actor.user_id;
    let takes_part = (activity.participants.iter()).any(|p| p.id == actor.user_id.as_str());
    let department = activity.department_id.as_ref();
    let seen = on.map_or(actor.reaches(department), |access| access != Access::None);
    if actor.writes() && (own || on == Some(Access::Write)) || seen && actor.leads(department) {
        Access::Write
    } else if own || takes_part || seen {
        Access::Read
    } else {
        Access::None
    }
}

/// Refuses a change of a lead: as not found when it is not even visible, as forbidden when it is.
///
/// # Errors
/// `not_found` or `forbidden`.
pub fn require_lead_write(actor: &Actor, lead: &Lead) -> Result<(), ErrorCode> {
    match lead_access(actor, lead) {
        Access::Write => Ok(()),
        Access::Read => Err(ErrorCode::Forbidden),
        Access::None => Err(ErrorCode::NotFound),
    }
}

/// Whether a person may let something pass that a rule of the process holds up: a head of the
/// department or an admin. It takes a reason and is recorded.
#[must_use]
pub fn may_override(actor: &Actor, department: Option<&DepartmentId>) -> bool {
    actor.leads(department)
}

/// Whether a person may approve or reject a document of a deal: an admin, or a head of its department
/// or of one above who does not own the deal. Nobody but an admin approves his own offer, so the
/// deal of a head needs a head above him, or an admin.
#[must_use]
pub fn may_give_visa(actor: &Actor, owner: &UserId, department: Option<&DepartmentId>) -> bool {
    actor.role == Role::Admin || *owner != actor.user_id && actor.leads(department)
}

/// Whether a person may let a deal pass requirements of its process that are not met: one of the roles
/// that the process names, leading the deal's department. It takes a reason and is recorded.
#[must_use]
pub fn may_override_process(actor: &Actor, deal: &Deal, process: &Definition) -> bool {
    process.override_roles.contains(&actor.role)
        && (actor.leads(deal.department_id.as_ref())
            || actor.role == Role::Manager && deal_access(actor, deal) == Access::Write)
}

/// Whether a closed deal may be reopened by this person: a head of its department or an admin.
#[must_use]
pub fn may_reopen(actor: &Actor, deal: &Deal) -> bool {
    actor.leads(deal.department_id.as_ref())
}

/// Whether a deal that a person may change may be put into the bin by this person: an open one; a
/// closed one, which the reports count, by whoever may reopen it.
#[must_use]
pub fn may_delete_deal(actor: &Actor, deal: &Deal) -> bool {
    deal.status == DealStatus::Open || may_reopen(actor, deal)
}

/// Whether a person may give deals of others a new owner or department: heads and admins.
#[must_use]
pub const fn may_reassign(actor: &Actor) -> bool {
    matches!(actor.role, Role::Admin | Role::Head)
}

/// Whether a person may create and change accounts, contacts and products of the shared base.
#[must_use]
pub const fn may_edit_base(actor: &Actor) -> bool {
    actor.writes()
}

/// What a person may do with a material: its author, heads and admins change it; everybody else reads
/// it once it was published.
#[must_use]
pub fn material_access(actor: &Actor, material: &Material) -> Access {
    let edits = matches!(actor.role, Role::Admin | Role::Head)
        || actor.writes() && material.author.id == actor.user_id.as_str();
    if edits {
        Access::Write
    } else if material.status != MaterialStatus::Draft {
        Access::Read
    } else {
        Access::None
    }
}

/// Whether a person may write materials.
#[must_use]
pub const fn may_write_materials(actor: &Actor) -> bool {
    actor.writes()
}

/// Whether a person may put an account or contact into the bin: whoever looks after it, heads and
/// admins.
#[must_use]
pub fn may_delete_base(actor: &Actor, owner: Option<&UserId>) -> bool {
    matches!(actor.role, Role::Admin | Role::Head)
        || actor.writes() && owner == Some(&actor.user_id)
}

/// Whether a person may manage people and departments at all, and import files.
#[must_use]
pub const fn may_manage_people(actor: &Actor) -> bool {
    matches!(actor.role, Role::Admin | Role::Head)
}

/// Whether a person may create or change somebody in a department with a role. A head manages
/// everybody below who is no admin; only an admin makes admins.
#[must_use]
pub fn may_manage_user(actor: &Actor, department: Option<&DepartmentId>, role: Role) -> bool {
    match actor.role {
        Role::Admin => true,
        Role::Head => role != Role::Admin && actor.reaches(department),
        Role::Manager | Role::Viewer => false,
    }
}

/// Whether a person may change a department, or create one below `parent`.
#[must_use]
pub fn may_manage_department(actor: &Actor, parent: Option<&DepartmentId>) -> bool {
    match actor.role {
        Role::Admin => true,
        Role::Head => actor.reaches(parent),
        Role::Manager | Role::Viewer => false,
    }
}

/// Whether a person may change exchange rates and settings of the company.
#[must_use]
pub const fn may_manage_company(actor: &Actor) -> bool {
    matches!(actor.role, Role::Admin)
}

/// Whether a person may set the targets of a department and of its people: an admin, or a head whose
/// subtree has it.
#[must_use]
pub fn may_set_target(actor: &Actor, department: Option<&DepartmentId>) -> bool {
    actor.leads(department)
}
