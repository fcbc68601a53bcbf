//! The forms of a fresh hub: sensible questions that a vendor can use as they are.

use entity::form::{FormKind, Question, QuestionKind};

/// The first version of a form.
pub(super) fn questions(kind: FormKind) -> Vec<Question> {
    match kind {
        FormKind::Partner => vec![
            required(question("company_description", QuestionKind::LongText, "What does your company do?", 2_000.0)),
            required(question("website", QuestionKind::Url, "Your company's website", 2_000.0)),
            required(Question {
                options: ["1–10", "11–50", "51–250", "More than 250"].map(str::to_owned).to_vec(),
                ..question("company_size", QuestionKind::Select, "How many people work at your company?", 0.0)
            }),
            required(question(
                "integration_idea",
                QuestionKind::LongText,
                "What would you like to integrate, and what will our shared customers gain?",
                2_000.0,
            )),
            required(Question {
                description: Some("Who we write to about outages and changes of the API.".into()),
                ..question("technical_contact", QuestionKind::Email, "E-mail address of your technical contact", 254.0)
            }),
            question("planned_launch", QuestionKind::Date, "When do you plan to launch?", 0.0),
        ],
        FormKind::Integration => vec![
            required(question("summary", QuestionKind::Text, "What does the integration do, in one sentence?", 200.0)),
            required(question("documentation_url", QuestionKind::Url, "Where is it documented?", 2_000.0)),
            required(question(
                "data_handled",
                QuestionKind::LongText,
                "Which customer data does it read, write or store?",
                2_000.0,
            )),
            required(question(
                "support_email",
                QuestionKind::Email,
                "At which e-mail address do customers get help?",
                254.0,
            )),
        ],
    }
}

/// `most` is the longest answer in characters; 0 where the kind bounds itself.
fn question(key: &str, kind: QuestionKind, label: &str, most: f64) -> Question {
    Question {
        key: key.into(),
        kind,
        label: label.into(),
        description: None,
        required: false,
        options: Vec::new(),
        terms_url: None,
        min: None,
        max: (most > 0.0).then_some(most),
        earliest: None,
        latest: None,
        since: None,
    }
}

fn required(question: Question) -> Question {
    Question { required: true, ..question }
}
